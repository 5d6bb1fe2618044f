variable "database_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_jdbc_sink_connector" "reporting" {
  name = "reporting"

  topics = ["shop.public.orders", "shop.public.order_lines"]

  connection_url                 = "jdbc:postgresql://reporting.internal:5432/reporting"
  connection_username            = "writer"
  connection_password_wo         = var.database_password
  connection_password_wo_version = 1

  # Safe to repeat: a record that comes twice is written once.
  insert_mode      = "upsert"
  primary_key_mode = "record_key"
  delete_enabled   = true
  schema_evolution = "basic"

  # "$$" is a dollar sign in HCL: this is Debezium's own placeholder.
  collection_name_format = "replica_$${topic}"

  # A record that can't be converted or transformed goes here, and the others
  # go on. One that the database refuses fails the task all the same.
  errors_tolerance                  = "all"
  errors_deadletterqueue_topic_name = "reporting.dead-letters"
}
