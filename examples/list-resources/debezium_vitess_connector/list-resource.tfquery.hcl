list "debezium_vitess_connector" "all" {
  provider = debezium
}

list "debezium_vitess_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
