CREATE TABLE runs (
    body VARCHAR(16) NOT NULL,
    run VARCHAR(32) NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    asked_at VARCHAR(40) NOT NULL,
    "only" VARCHAR(120) NOT NULL,
    config VARCHAR(64) NOT NULL,
    started TIMESTAMP WITH TIME ZONE NOT NULL,
    finished TIMESTAMP WITH TIME ZONE,
    state VARCHAR(12) NOT NULL,
    catalogue VARCHAR(64) NOT NULL,
    auditor VARCHAR(32) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    low DOUBLE PRECISION,
    observed DOUBLE PRECISION,
    high DOUBLE PRECISION,
    coverage DOUBLE PRECISION,
    band VARCHAR(40),
    pages JSON NOT NULL,
    documents JSON NOT NULL,
    datasets JSON NOT NULL,
    PRIMARY KEY (body, run)
);

CREATE TABLE findings (
    body VARCHAR(16) NOT NULL,
    run VARCHAR(32) NOT NULL,
    id VARCHAR(16) NOT NULL,
    status VARCHAR(16) NOT NULL,
    reason VARCHAR(40) NOT NULL,
    since DATE NOT NULL,
    document JSON NOT NULL,
    PRIMARY KEY (body, run, id)
);

