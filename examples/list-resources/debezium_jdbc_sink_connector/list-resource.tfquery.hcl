list "debezium_jdbc_sink_connector" "all" {
  provider = debezium
}

list "debezium_jdbc_sink_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
