"""The two networks of recognition, run by OpenVINO: where text is on a picture, and which characters a line has.

PP-OCRv6 small as it lies in RapidOCR's wheel; nothing is fetched. Both take pictures of any size as they are (bytes,
blue-green-red); a size met for the first time costs a tenth of a second more, so callers keep to a grid of sizes. Their
last layers (sigmoid; classes and softmax) are left out: they are needed only at a few places.
"""

import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]  # height × width × 3, blue-green-red
Numbers = npt.NDArray[np.intp]
Logits = npt.NDArray[np.float32]

_DETECTOR = "PP-OCRv6_det_small.onnx"
_READER = "PP-OCRv6_rec_small.onnx"
_LAST = {_DETECTOR: ("Sigmoid",), _READER: ("Softmax", "Add", "MatMul")}
_SURELY_NONE = 26.0  # score for no character: of 11,000 steps with one, on poor scans, none had even 23.2


def text_map(image: Image, threads: int) -> Logits:
    """How surely each pixel belongs to text, as log-odds: height × width, both multiples of 32."""
    return np.asarray(_infer(_DETECTOR, threads, image)[0, 0])


def steps(strip: Image, threads: int) -> tuple[int, Numbers, Logits]:
    """What a picture of one line 48 pixels high shows at every eighth pixel.

    The number of steps; those of them that may hold a character; and for these, scores of all characters of `alphabet`.
    At three steps out of four there surely is none, which needs no comparing with all the others.
    """
    features = _infer(_READER, threads, strip)[0]
    weights, bias = _head()
    uncertain = np.flatnonzero(features @ weights[:, 0] + bias[0] < _SURELY_NONE)
    return len(features), uncertain, np.asarray(_scores(threads, features[uncertain]))


@lru_cache(maxsize=1)
def alphabet() -> tuple[str, ...]:
    """The characters a line can have, by the reader's numbers; number 0 stands for none."""
    model = _core().read_model(_path(_READER))
    return ("", *model.get_rt_info(["framework", "character"]).value.splitlines(), " ")


def _infer(name: str, threads: int, image: Image) -> Any:
    request = _request(name, threads)
    request.infer([image[np.newaxis]], share_inputs=True)
    return request.get_output_tensor().data


def _scores(threads: int, features: Any) -> Any:
    request = _classifier(threads)
    request.infer([features], share_inputs=True)
    return request.get_output_tensor().data


@lru_cache(maxsize=4)
def _request(name: str, threads: int) -> Any:
    from openvino import Layout, Model, Type
    from openvino.preprocess import PrePostProcessor

    model = _core().read_model(_path(name))
    before_last = _nodes_back(model, _LAST[name])[-1].input_value(0)
    prepared = PrePostProcessor(Model([before_last], model.get_parameters()))
    prepared.input().tensor().set_element_type(Type.u8).set_layout(Layout("NHWC"))
    prepared.input().model().set_layout(Layout("NCHW"))
    prepared.input().preprocess().convert_element_type(Type.f32).mean(127.5).scale(127.5)
    return _compiled(prepared.build(), threads)


@lru_cache(maxsize=2)
def _classifier(threads: int) -> Any:
    from openvino import Model, Type, opset13

    weights, bias = _head()
    features = opset13.parameter([-1, len(weights)], Type.f32)
    scores = opset13.add(opset13.matmul(features, opset13.constant(weights), False, False), opset13.constant(bias))
    return _compiled(Model([scores], [features]), threads)


@lru_cache(maxsize=1)
def _head() -> tuple[Logits, Logits]:
    """Weights and bias of the reader's last layer but one: features × characters, characters."""
    _, add, matmul = _nodes_back(_core().read_model(_path(_READER)), _LAST[_READER])
    return matmul.input_value(1).get_node().data.copy(), add.input_value(1).get_node().data.copy()


def _nodes_back(model: Any, types: tuple[str, ...]) -> list[Any]:
    """The nodes of these types that lead to the model's result, from there back."""
    node, found = model.get_results()[0], []
    for wanted in types:
        node = node.input_value(0).get_node()
        while node.get_type_name() != wanted:
            node = node.input_value(0).get_node()
        found.append(node)
    return found


def _compiled(model: Any, threads: int) -> Any:
    # Pinned, the workers of a scan would all sit on the first processor.
    options = {"INFERENCE_NUM_THREADS": threads, "ENABLE_CPU_PINNING": False}
    return _core().compile_model(model, "CPU", options).create_infer_request()


@lru_cache(maxsize=1)
def _core() -> Any:
    # OpenVINO does without its usage statistics where that package is absent; nothing here may ever speak to a network.
    sys.modules["openvino_telemetry"] = cast(Any, None)
    from openvino import Core

    return Core()


def _path(name: str) -> Path:
    found = find_spec("rapidocr")
    if found is None or found.origin is None:
        raise RuntimeError("rapidocr is not installed")
    return Path(found.origin).parent / "models" / name
