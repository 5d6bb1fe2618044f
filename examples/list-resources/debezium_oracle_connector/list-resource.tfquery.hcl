list "debezium_oracle_connector" "all" {
  provider = debezium
}

list "debezium_oracle_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
