-- The columns that Debezium's event router looks for.
CREATE TABLE outbox (
  id            UUID PRIMARY KEY,
  aggregatetype VARCHAR(255) NOT NULL, -- decides the topic
  aggregateid   VARCHAR(255) NOT NULL, -- the record's key
  type          VARCHAR(255) NOT NULL,
  payload       JSONB
);
