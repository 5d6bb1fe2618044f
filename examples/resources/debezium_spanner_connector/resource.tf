variable "service_account_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_spanner_connector" "orders" {
  name = "orders"

  gcp_spanner_project_id    = "my-project"
  gcp_spanner_instance_id   = "production"
  gcp_spanner_database_id   = "orders"
  gcp_spanner_change_stream = "order_changes"

  # The key of a service account, as JSON.
  gcp_spanner_credentials_json_wo         = var.service_account_key
  gcp_spanner_credentials_json_wo_version = 1

  tasks_max = 10
}
