variable "mongodb_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "debezium_mongodb_connector" "catalog" {
  name = "catalog"

  mongodb_connection_string   = "mongodb://mongo-1.internal:27017,mongo-2.internal:27017/?replicaSet=rs0"
  mongodb_user                = "debezium"
  mongodb_password_wo         = var.mongodb_password
  mongodb_password_wo_version = 1
  mongodb_ssl_enabled         = true

  topic_prefix            = "catalog"
  collection_include_list = ["shop.products", "shop.reviews"]

  capture_mode = "change_streams_update_full"
}
