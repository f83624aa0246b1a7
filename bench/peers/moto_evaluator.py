"""Asks moto's policy evaluator: a world as JSON on standard input, what came of it as JSON on standard output."""
import json
import sys
import time

try:
    import moto
    from moto.iam.access_control import IAMPolicy, PermissionResult
except ImportError as error:
    print(json.dumps({"why": f"Python cannot import moto ({error})"}))
    sys.exit(0)

world = json.load(sys.stdin)
policies = [IAMPolicy({"policy_document": text}) for text in world["policies"]]
questions = world["questions"]


def is_allowed(action, resource, context):
    """As moto's own check does: the first denial ends it."""
    allowed = False
    for policy in policies:
        result = policy.is_action_permitted(action, resource, None, context)
        if result == PermissionResult.DENIED:
            return False
        allowed = allowed or result == PermissionResult.PERMITTED
    return allowed


def ask(seconds):
    asked = wrong = 0
    began = time.process_time()
    while time.process_time() - began < seconds:
        for action, resource, context, expected in questions:
            wrong += is_allowed(action, resource, context) != expected
            asked += 1
    return {"perCpuSecond": asked / (time.process_time() - began), "asked": asked, "wrong": wrong}


ask(world["seconds"] / 3)
print(json.dumps({**ask(world["seconds"]), "version": moto.__version__}))
