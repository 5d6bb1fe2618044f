variable "registry_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# Any connector class that the workers have, Debezium's or not.
resource "debezium_connector" "archive" {
  name            = "archive"
  connector_class = "io.confluent.connect.s3.S3SinkConnector"

  config = {
    "topics"          = "shop.public.orders"
    "s3.bucket.name"  = "archive"
    "s3.region"       = "eu-central-1"
    "flush.size"      = "10000"
    "storage.class"   = "io.confluent.connect.s3.storage.S3Storage"
    "format.class"    = "io.confluent.connect.s3.format.json.JsonFormat"
    "value.converter" = "io.confluent.connect.avro.AvroConverter"

    "value.converter.schema.registry.url"           = "https://registry.internal"
    "value.converter.basic.auth.credentials.source" = "USER_INFO"
  }

  # Never stored; sent again when the version changes.
  config_wo = {
    "value.converter.basic.auth.user.info" = "archive:${var.registry_password}"
  }
  config_wo_version = 1
}
