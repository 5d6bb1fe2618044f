list "debezium_spanner_connector" "all" {
  provider = debezium
}

list "debezium_spanner_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
