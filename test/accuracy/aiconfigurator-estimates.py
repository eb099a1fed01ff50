"""Estimates of aiconfigurator 0.12.0 (PyPI) for every n-th distinct run of the measured table, as far as it is let run.

    pip install aiconfigurator==0.12.0
    python test/accuracy/aiconfigurator-estimates.py 8 > test/data/aiconfigurator-estimates.csv

Its own silicon_sample.csv is not read. `run` counts distinct runs from 0, in the table's order.
"""

import csv
import logging
import pathlib
import sys
import time

from aiconfigurator.cli.api import cli_estimate

IDENTITY = "backend model system precision isl osl concurrency tp attn_dp moe_tp moe_ep measured ttft_ms tpot_ms".split()
TABLE = pathlib.Path(__file__).parents[2] / "components" / "catalog" / "measured-serving.csv"


def distinct_runs():
    seen = set()
    with TABLE.open() as file:
        for row in csv.DictReader(file):
            identity = tuple(row[column] for column in IDENTITY)
            if identity not in seen:
                seen.add(identity)
                yield row


def estimate(row):
    routed = "Llama" not in row["model"]
    options = {}
    if routed:
        options |= {"moe_tp_size": int(row["moe_tp"]), "moe_ep_size": int(row["moe_ep"])}
    # The table's label of gpt-oss is not its format, which the tool knows itself.
    if row["gemm_quant"] and "gpt-oss" not in row["model"]:
        # int4 checkpoints keep bf16 outside the experts.
        options |= {} if row["gemm_quant"] == "int4_wo" else {"gemm_quant_mode": row["gemm_quant"]}
        options |= {"moe_quant_mode": row["moe_quant"]} if routed else {}
    return cli_estimate(
        model_path=row["model"].replace("/Llama-3.1", "/Meta-Llama-3.1"),
        system_name=row["system"],
        backend_name=row["backend"],
        isl=int(row["isl"]),
        osl=int(row["osl"]),
        batch_size=int(row["concurrency"]) // int(row["attn_dp"]),
        tp_size=int(row["tp"]),
        attention_dp_size=int(row["attn_dp"]),
        **options,
    )


def main():
    logging.disable(logging.CRITICAL)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["run", "ttft_ms", "tpot_ms", "cpu_seconds", "refused"])
    for run, row in list(enumerate(distinct_runs()))[:: int(sys.argv[1])]:
        start = time.process_time()
        try:
            found = estimate(row)
            answer, refused = [f"{found.ttft:.5g}", f"{found.tpot:.5g}"], ""
        except Exception as error:  # noqa: BLE001 - a refusal of any kind is an answer
            answer, refused = ["", ""], type(error).__name__
        out.writerow([run, *answer, f"{time.process_time() - start:.2f}", refused])
        sys.stdout.flush()


main()
