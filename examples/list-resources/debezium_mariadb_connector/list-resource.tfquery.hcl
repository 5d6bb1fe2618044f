list "debezium_mariadb_connector" "all" {
  provider = debezium
}

list "debezium_mariadb_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
