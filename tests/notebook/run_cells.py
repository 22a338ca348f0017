"""Runs cells, a JSON list of texts on stdin, in Deno's Jupyter kernel; prints a JSON list with what each cell gave.

A display that is updated stands once, as it was last, with the number of updates; an update of none is an error of its own.
"""
import json
import queue
import sys
import time

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

CELL_SECONDS = 120
# The kernel may say that it is idle before it shows a result: after the last cell what is late is waited for so long.
LATE_SECONDS = 1

manager = KernelManager()
argv = [sys.argv[1], "jupyter", "--kernel", "--conn", "{connection_file}"]
manager._kernel_spec = KernelSpec(argv=argv, display_name="Deno", language="typescript")
manager.start_kernel()
client = manager.client()
client.start_channels()
results = {}
places = {}


def collect(message):
    """Adds a message to the result of the cell that it belongs to, whichever runs now; gives the cell that is idle since."""
    cell = message["parent_header"].get("msg_id")
    result = results.get(cell)
    if result is None:
        return None
    kind, content = message["msg_type"], message["content"]
    if kind == "status" and content["execution_state"] == "idle":
        return cell
    if kind == "stream":
        result["streams"] += content["text"]
    elif kind == "update_display_data":
        name = content["transient"]["display_id"]
        if name in places:
            shown, place = places[name]
            shown["displays"][place] = content["data"]
            shown["updates"][place] += 1
        else:
            result["error"] += f"update of a display that is not there: {name}"
    elif "data" in content:
        name = content.get("transient", {}).get("display_id")
        if name is not None:
            places[name] = (result, len(result["displays"]))
        result["displays"].append(content["data"])
        result["updates"].append(0)
    return None


try:
    client.wait_for_ready(timeout=60)
    for text in json.load(sys.stdin):
        cell = client.execute(text, allow_stdin=False)
        result = results[cell] = {"streams": "", "displays": [], "updates": [], "error": ""}
        deadline = time.monotonic() + CELL_SECONDS
        while collect(client.get_iopub_msg(timeout=max(0.1, deadline - time.monotonic()))) != cell:
            pass
        reply = client.get_shell_msg(timeout=CELL_SECONDS)
        while reply["parent_header"].get("msg_id") != cell:
            reply = client.get_shell_msg(timeout=CELL_SECONDS)
        result["status"] = reply["content"]["status"]
        result["error"] += reply["content"].get("evalue", "")
    try:
        while True:
            collect(client.get_iopub_msg(timeout=LATE_SECONDS))
    except queue.Empty:
        pass
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print(json.dumps(list(results.values())))
