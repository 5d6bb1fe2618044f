list "debezium_postgres_connector" "all" {
  provider = debezium
}

list "debezium_postgres_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
