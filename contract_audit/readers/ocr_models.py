"""The two networks of recognition, run by OpenVINO: where text is on a picture, and which characters a line has.

PP-OCRv6 small as it lies in RapidOCR's wheel; nothing is fetched. Both take pictures of any size as they are (bytes,
blue-green-red); a size met for the first time costs a tenth of a second more, so callers keep to a grid of sizes. Their
last layer (sigmoid, softmax) is left out: whoever reads the result needs it only at a few places.
"""

import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]  # height × width × 3, blue-green-red
Logits = npt.NDArray[np.float32]

_DETECTOR = "PP-OCRv6_det_small.onnx"
_READER = "PP-OCRv6_rec_small.onnx"
_LAST_LAYERS = ("Sigmoid", "Softmax")


def text_map(image: Image, threads: int) -> Logits:
    """How surely each pixel belongs to text, as log-odds: height × width, both multiples of 32."""
    return np.asarray(_infer(_DETECTOR, threads, image)[0, 0])


def steps(strip: Image, threads: int) -> Logits:
    """Scores of all characters (`alphabet`) at every eighth pixel of a picture of one line 48 pixels high: steps × characters."""
    return np.asarray(_infer(_READER, threads, strip)[0])


@lru_cache(maxsize=1)
def alphabet() -> tuple[str, ...]:
    """The characters a line can have, by the reader's numbers; number 0 stands for none."""
    model = _core().read_model(_path(_READER))
    return ("", *model.get_rt_info(["framework", "character"]).value.splitlines(), " ")


def _infer(name: str, threads: int, image: Image) -> Any:
    request = _request(name, threads)
    request.infer([image[np.newaxis]], share_inputs=True)
    return request.get_output_tensor().data


@lru_cache(maxsize=4)
def _request(name: str, threads: int) -> Any:
    from openvino import Layout, Model, Type
    from openvino.preprocess import PrePostProcessor

    model = _core().read_model(_path(name))
    last = model.get_results()[0].input_value(0).get_node()
    while last.get_type_name() not in _LAST_LAYERS:
        last = last.input_value(0).get_node()
    prepared = PrePostProcessor(Model([last.input_value(0)], model.get_parameters()))
    prepared.input().tensor().set_element_type(Type.u8).set_layout(Layout("NHWC"))
    prepared.input().model().set_layout(Layout("NCHW"))
    prepared.input().preprocess().convert_element_type(Type.f32).mean(127.5).scale(127.5)
    # Pinned, the workers of a scan would all sit on the first processor.
    options = {"INFERENCE_NUM_THREADS": threads, "ENABLE_CPU_PINNING": False}
    return _core().compile_model(prepared.build(), "CPU", options).create_infer_request()


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
