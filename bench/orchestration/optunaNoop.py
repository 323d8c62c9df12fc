"""Trials that do nothing, by Optuna on PostgreSQL: what the same orchestration costs there.

Usage: python optunaNoop.py postgresql+psycopg2://USER:PASSWORD@HOST:PORT/DATABASE TRIALS WORKERS REPORTS random|grid
Prints one line of JSON: seconds, trials that ended.
"""
import json
import multiprocessing
import sys
import time

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)


def sampler(kind, trials):
    grid = {"epsilon": [index / (1.25 * trials) for index in range(trials)]}
    return optuna.samplers.GridSampler(grid, seed=0) if kind == "grid" else optuna.samplers.RandomSampler(seed=0)


def objective(reports):
    def run(trial):
        trial.suggest_float("epsilon", 0, 1)
        for epoch in range(reports):
            trial.report(1.0, epoch)
        return 0.5

    return run


def work(url, trials, workers, reports, kind):
    study = optuna.load_study(study_name="noop", storage=url, sampler=sampler(kind, trials))
    study.optimize(objective(reports), n_trials=trials // workers)


if __name__ == "__main__":
    url, trials, workers, reports, kind = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
    optuna.create_study(study_name="noop", storage=url, sampler=sampler(kind, trials))
    started = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=work, args=(url, trials, workers, reports, kind)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - started
    ended = len(optuna.load_study(study_name="noop", storage=url).trials)
    optuna.delete_study(study_name="noop", storage=url)
    print(json.dumps({"seconds": seconds, "trials": ended}))
