-- Of the connector's user, who writes the beats.
CREATE TABLE debezium_heartbeat (
  id INT PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL
);
