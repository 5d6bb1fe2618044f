list "debezium_db2_connector" "all" {
  provider = debezium
}

list "debezium_db2_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
