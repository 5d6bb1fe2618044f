list "debezium_mongodb_connector" "all" {
  provider = debezium
}

list "debezium_mongodb_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
