import json,re,glob,yaml,difflib,collections
tax=set(yaml.safe_load(open('/work/shared/taxonomy.yaml'))['categories'])
cats="land_funding land_payment_deferral land_premium_refund land_price land_use_violation mobility_restriction personal_privilege pollution_tolerance premature_payment rent_preference return_guarantee selective_subsidy".split()
out=[];c=None
for l in open('/tmp/w19/src/plain_2.txt'):
    l=l.rstrip('\n')
    if l.startswith('# '): c='illegal.'+l[2:].strip();continue
    if not l: continue
    parts=re.split(r' (?=[#@])',l[1:]);o={'category':c,'text':parts[0],'flag':l[0]=='+'}
    for p in parts[1:]:
        if p[0]=='#': o['quote']=p[1:]
        else: o['also']=p[1:].split(',')
    out.append(o)
with open('/tmp/w19/plain_2.jsonl','w') as f:
    for o in out: f.write(json.dumps(o,ensure_ascii=False)+'\n')
# check
rows=[json.loads(l) for l in open('/tmp/w19/plain_2.jsonl')]
n=collections.Counter((r['category'],r['flag']) for r in rows)
for k in cats:
    assert n['illegal.'+k,True]==24 and n['illegal.'+k,False]==12,(k,n['illegal.'+k,True],n['illegal.'+k,False])
for r in rows:
    assert r['category'] in tax and all(a in tax and a!=r['category'] for a in r.get('also',[])),r
    assert r.get('quote','') in r['text'],r
    if not 10<=len(r['text'])<=45: print('len',len(r['text']),r['text'])
    if not r['flag']: assert 'also' not in r and 'quote' not in r
norm=lambda s:re.sub(r'[\d.,，。；：:、（）()%\s]','',s)
ns=[norm(r['text']) for r in rows]
for i in range(len(rows)):
    for j in range(i):
        if rows[i]['flag']==rows[j]['flag']:
            q=difflib.SequenceMatcher(None,ns[i],ns[j]).ratio()
            if q>.75: print('near %.2f'%q,rows[j]['text'],'|',rows[i]['text'])
bank=[]
for f in glob.glob('/work/main/corpus/clauses/dev/*.jsonl'):
    for l in open(f):
        if l.strip():
            o=json.loads(l); bank.append((o['category'],o['flag'],o['text']))
for r,a in zip(rows,ns):
    for b in bank:
        if b[0]==r['category'] and abs(len(b[2])-len(r['text']))<10:
            q=difflib.SequenceMatcher(None,a,norm(b[2])).ratio()
            if q>.8: print('bank %.2f'%q,r['flag'],b[1],r['text'],'|',b[2])
print(len(rows),'rows; also',sum('also' in r for r in rows),'quote',sum('quote' in r for r in rows))
