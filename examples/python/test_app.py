"""The scaling of the search service, as a unit test: `python -m unittest`."""

import unittest
from pathlib import Path

import aws_cdk as cdk
from app import SearchService
from cdk_scalable_stateless_service import Traffic

PICTURE = Path(__file__).with_name("forecast.svg")


class SearchServiceTest(unittest.TestCase):
    def test_serves_a_lunch_break(self) -> None:
        search = SearchService(cdk.App(), "SearchService").search
        # 0.12 ms of CPU for each request: the workload of the reference search service is the default.
        outcome = search.forecast(traffic=Traffic.parse("rps 100 for 10m, rps 100..500 for 10m, rps 500 for 20m"), seeds=20)
        self.assertLessEqual(outcome.band.max_tasks.high, 6)
        self.assertEqual(outcome.band.failed_requests.high, 0)
        picture = outcome.to_svg("A lunch break")
        if not PICTURE.exists():
            PICTURE.write_text(picture)
        self.assertEqual(PICTURE.read_text(), picture, "delete forecast.svg to draw it again")


if __name__ == "__main__":
    unittest.main()
