list "debezium_ibmi_connector" "all" {
  provider = debezium
}

list "debezium_ibmi_connector" "failed" {
  provider = debezium

  config {
    name_regex = "^orders-"
    status     = "FAILED"
  }
}
