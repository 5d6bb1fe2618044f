# Connectors that have no resource of their own.
list "debezium_connector" "others" {
  provider = debezium
}

# Those of one class.
list "debezium_connector" "archives" {
  provider = debezium

  config {
    connector_class = "io.confluent.connect.s3.S3SinkConnector"
  }
}

# All connectors of the cluster.
list "debezium_connector" "all" {
  provider = debezium
  limit    = 1000

  config {
    include_typed = true
  }
}
