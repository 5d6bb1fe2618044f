variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_ibmi_connector" "warehouse" {
  name = "warehouse"

  database_hostname            = "ibmi.internal"
  database_user                = "DEBEZIUM"
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_schema              = "WAREHOUSE"

  topic_prefix       = "warehouse"
  table_include_list = ["WAREHOUSE.STOCK"]
}
