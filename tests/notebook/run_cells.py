"""Runs cells, a JSON list of texts on stdin, in Deno's Jupyter kernel; prints a JSON list with what each cell gave.

A display that is updated stands once, as it was last, with the number of updates; an update of none is an error of its own.
"""
import json
import queue
import sys

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

manager = KernelManager()
argv = [sys.argv[1], "jupyter", "--kernel", "--conn", "{connection_file}"]
manager._kernel_spec = KernelSpec(argv=argv, display_name="Deno", language="typescript")
manager.start_kernel()
client = manager.client()
client.start_channels()
results = []
try:
    client.wait_for_ready(timeout=60)
    for cell in json.load(sys.stdin):
        result = {"streams": "", "displays": [], "updates": [], "error": ""}
        places = {}

        def collect(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                result["streams"] += content["text"]
            elif "data" in content:
                name = content.get("transient", {}).get("display_id")
                if message["msg_type"] != "update_display_data":
                    result["displays"].append(content["data"])
                    result["updates"].append(0)
                    if name is not None:
                        places[name] = len(result["displays"]) - 1
                elif name in places:
                    result["displays"][places[name]] = content["data"]
                    result["updates"][places[name]] += 1
                else:
                    result["error"] += f"update of a display that is not there: {name}"

        message = client.execute_interactive(cell, timeout=120, output_hook=collect)
        # The kernel may say that it is idle before it shows a result: what still comes belongs to the cell as well.
        try:
            while True:
                late = client.get_iopub_msg(timeout=0.5)
                if late["parent_header"].get("msg_id") == message["parent_header"]["msg_id"]:
                    collect(late)
        except queue.Empty:
            pass
        reply = message["content"]
        result["status"] = reply["status"]
        result["error"] += reply.get("evalue", "")
        results.append(result)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print(json.dumps(results))
