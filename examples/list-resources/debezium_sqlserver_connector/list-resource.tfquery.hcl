list "debezium_sqlserver_connector" "all" {
  provider = debezium
}

list "debezium_sqlserver_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
