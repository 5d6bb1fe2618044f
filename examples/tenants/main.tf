# Many databases, captured alike: what differs between them is a map.

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

module "capture" {
  source = "./capture"

  client                  = var.client
  kafka_bootstrap_servers = var.kafka_bootstrap_servers

  databases = {
    shop = {
      type     = "mysql"
      host     = var.database_hostname
      port     = var.mysql_port
      user     = var.database_user
      database = var.database_name
      tables   = ["customers", "orders"]
    }
    warehouse = {
      type     = "mariadb"
      host     = var.database_hostname
      port     = var.mariadb_port
      user     = var.database_user
      database = var.database_name
      tables   = ["customers"]
    }
    billing = {
      type     = "postgres"
      host     = var.database_hostname
      port     = var.postgres_port
      user     = var.database_user
      database = var.database_name
      tables   = ["public.customers"]
    }
  }

  # Apart from the rest, so that they can be ephemeral: nothing stores them.
  passwords = {
    shop      = var.database_password
    warehouse = var.database_password
    billing   = var.database_password
  }
}

output "connectors" {
  value = module.capture.connectors
}
