resource "debezium_postgres_connector" "invoices" {
  name = "invoices"

  database_hostname            = var.database_hostname
  database_port                = var.postgres_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = var.database_name

  topic_prefix                = "invoices"
  table_include_list          = ["public.invoices"]
  publication_name            = "invoices"
  publication_autocreate_mode = "disabled"
}

variable "database_hostname" {}
variable "postgres_port" {}
variable "database_user" {}
variable "database_name" {}
variable "database_password" {
  sensitive = true
  ephemeral = true
}
