"""A district that has been at work for long, made by PostgreSQL itself in a few statements: for benches."""

from typing import NamedTuple

from sqlalchemy import Connection, text

A_DAY, OPEN, UNANSWERED = 2_740, 20_000, 100
FILL = """
INSERT INTO station SELECT 'BEN' || lpad(n::text, 3, '0'), 'Station ' || n, '', ''
    FROM generate_series(0, 39) n;
INSERT INTO device SELECT station, station || '.0' || k || '.x', '0' || k, '', '2020-01-01T08:00:00+08:00',
    '', '', '' FROM station, generate_series(1, 2) k;
INSERT INTO health SELECT station, device, counter, '2026-11-28T08:00:00+08:00', '', 0, 0, '', 0, 2, '', ''
    FROM device;
INSERT INTO writer SELECT station, station || '.' || counter, counter, :cases / 80, '', :cases / 80
    FROM device;
INSERT INTO tally SELECT station, 'case.accepted', :cases / 40 FROM station;
INSERT INTO event SELECT 'BEN' || lpad((n % 40)::text, 3, '0'),
    'BEN' || lpad((n % 40)::text, 3, '0') || '.0' || 1 + n / 40 % 2, n / 80, '', '',
    'BEN-' || lpad(n::text, 9, '0'), 1, 'case.accepted', '', '', '', '{}', '', '', false
    FROM generate_series(1, :cases) n;
INSERT INTO caseload SELECT
    'BEN' || lpad((n % 40)::text, 3, '0'), 'BEN-' || lpad(n::text, 9, '0') || '-01-0',
    '0' || 1 + n / 40 % 2, 'C' || n / 40 % :items * 7 / :items, 'I' || n / 40 % :items,
    CASE WHEN n > :cases - :open THEN 'processing' ELSE 'delivered' END,
    CASE WHEN n > :cases - :open THEN (current_date + (n % 23)::int - 2)::text ELSE '' END, false,
    now()::text,
    '{"processing":"' || day || '","finished":"' || day + 5 || '","delivered":"' || day + 6 || '"}',
    n > :cases - :open
    FROM (SELECT n, current_date - ((:cases - n) / :a_day)::int AS day
        FROM generate_series(1, :cases) n) each;
INSERT INTO daily SELECT station, (day + later)::text, category, item, state, amount FROM (
    SELECT 'BEN' || lpad((n % 40)::text, 3, '0') AS station,
        'C' || n / 40 % :items * 7 / :items AS category, 'I' || n / 40 % :items AS item,
        current_date - ((:cases - n) / :a_day)::int AS day, count(*) AS amount
    FROM generate_series(1, :cases) n GROUP BY 1, 2, 3, 4) each,
    (VALUES ('processing', 0), ('finished', 5), ('delivered', 6)) AS came (state, later)
    ORDER BY day, later;
INSERT INTO day_sum SELECT station, kind, state, day, sum(amount)
    FROM daily, LATERAL (VALUES (category), ('')) AS each (kind) GROUP BY 1, 2, 3, 4 ORDER BY 4, 1;
INSERT INTO month_sum SELECT station, substr(day, 1, 7), category, state, sum(amount)
    FROM day_sum GROUP BY 1, 2, 3, 4 ORDER BY 2, 1;
INSERT INTO item_month SELECT station, category, substr(day, 1, 7), item, state, sum(amount)
    FROM daily GROUP BY 1, 2, 3, 4, 5 ORDER BY 3, 1;
INSERT INTO rating SELECT station, number,
    CASE WHEN bad THEN 'poor' ELSE (ARRAY['very_good', 'good', 'fair'])[1 + (n % 3)] END, '[]', '',
    updated_at, CASE WHEN bad THEN current_date::text ELSE '' END,
    CASE WHEN bad AND n <= :cases - 100 * :unanswered THEN lpad(n::text, 9, '0') ELSE '' END, '', '', ''
    FROM (SELECT *, n % 100 = 0 AS bad FROM (SELECT *, substr(number, 5, 9)::int AS n FROM caseload) each
        WHERE n % 10 = 0) rated;
INSERT INTO grade_sum SELECT station, grade, count(*) FROM rating GROUP BY 1, 2;
"""


class Sizes(NamedTuple):
    """How many cases there are in all, of how many items, accepted each day, and still open."""

    cases: int
    items: int = 20
    a_day: int = A_DAY
    open: int = OPEN


def fill(connection: Connection, sizes: Sizes) -> None:
    """Makes the rows that the pages of the desk ask for, as a district of that many cases has them."""
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SET LOCAL work_mem = '400MB'"))
    values = {**sizes._asdict(), "unanswered": min(UNANSWERED, sizes.cases // 1000)}
    for statement in FILL.split(";")[:-1]:
        named = {name: value for name, value in values.items() if f":{name}" in statement}
        connection.execute(text(statement), named)
