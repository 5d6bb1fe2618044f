list "debezium_mysql_connector" "all" {
  provider = debezium
}

list "debezium_mysql_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
