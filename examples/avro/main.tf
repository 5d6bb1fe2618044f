# Records in Avro, their schemas in a registry: Apicurio Registry's converters,
# which have to be among the workers' plugins.

terraform {
  required_providers {
    debezium = {
      source = "cdc/debezium"
    }
  }
}

provider "debezium" {
  url = var.connect_url
}

locals {
  avro = "io.apicurio.registry.utils.converter.AvroConverter"
  # The same for keys and values.
  registry = {
    "apicurio.registry.url"           = var.schema_registry_url
    "apicurio.registry.auto-register" = "true"
    "apicurio.registry.find-latest"   = "true"
  }
}

resource "debezium_postgres_connector" "avro" {
  name = var.name

  database_hostname            = var.database_hostname
  database_port                = var.postgres_port
  database_user                = var.database_user
  database_password_wo         = var.database_password
  database_password_wo_version = 1
  database_dbname              = var.database_name

  topic_prefix                = var.name
  table_include_list          = ["${var.schema}.customers"]
  publication_autocreate_mode = "filtered"

  key_converter   = local.avro
  value_converter = local.avro

  # Avro's names have no hyphens or spaces; those of tables and columns may.
  schema_name_adjustment_mode = "avro"

  config = merge(
    { "field.name.adjustment.mode" = "avro" },
    { for key, value in local.registry : "key.converter.${key}" => value },
    { for key, value in local.registry : "value.converter.${key}" => value },
  )
}
