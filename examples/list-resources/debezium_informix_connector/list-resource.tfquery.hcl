list "debezium_informix_connector" "all" {
  provider = debezium
}

list "debezium_informix_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
