list "debezium_mongodb_sink_connector" "all" {
  provider = debezium
}

list "debezium_mongodb_sink_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
