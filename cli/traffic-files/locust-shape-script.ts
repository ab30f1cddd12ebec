/**
 * Runs the shape of a locustfile against a simulated clock, a tick a second, and prints its ticks as JSON. It is given to `python3` and
 * needs locust; nothing of a test is started.
 */
export const SHAPE_SCRIPT = `
import importlib.util, inspect, json, os, sys, time
real_stdout = os.dup(1)
os.dup2(2, 1)
path, max_ticks, users, rate = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
sys.argv = ["locust"]
sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
import locust
from locust import LoadTestShape
spec = importlib.util.spec_from_file_location("locustfile", path)
module = importlib.util.module_from_spec(spec)
sys.modules["locustfile"] = module
spec.loader.exec_module(module)
shapes = [one for one in vars(module).values() if inspect.isclass(one) and issubclass(one, LoadTestShape)
          and one is not LoadTestShape and not getattr(one, "abstract", False) and one.tick is not LoadTestShape.tick]
shapes = [one for one in shapes if not any(other is not one and issubclass(other, one) for other in shapes)]
result = {"shapes": len(shapes)}
if shapes:
    class Options:
        num_users = int(float(users)) if users else 1
        spawn_rate = float(rate) if rate else 1
        run_time = None
        def __getattr__(self, name):
            if name.startswith("__") or name in ("users",):
                raise AttributeError(name)
            return None
    class Environment:
        parsed_options = Options()
        runner = None
    class Runner:
        environment = Environment()
        user_count = 0
        def get_user_count(self):
            return self.user_count
    runner = Runner()
    runner.environment.runner = runner
    now = [0.0]
    start_clocks = {name: getattr(time, name)() for name in ("time", "monotonic", "perf_counter")}
    for name, start in start_clocks.items():
        setattr(time, name, (lambda start: lambda: start + now[0])(start))
    shape = shapes[-1]()
    shape.runner = runner
    if hasattr(shape, "reset_time"):
        shape.reset_time()
    # a tick comes a little after its second, as it does there.
    now[0] = 0.001
    ticks = []
    while len(ticks) <= max_ticks:
        tick = shape.tick()
        if tick is None:
            break
        ticks.append([float(tick[0]), float(tick[1])])
        step = max(1, int(tick[1]))
        difference = int(tick[0]) - runner.user_count
        runner.user_count += max(-step, min(step, difference))
        now[0] += 1.0
    result["ticks"] = ticks
os.write(real_stdout, json.dumps(result).encode())
`;
