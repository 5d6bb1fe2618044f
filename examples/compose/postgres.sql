-- A role that may replicate and owns its database, as a publication of the
-- connector's own asks for. It is no superuser: Debezium's default
-- publication.autocreate.mode, all_tables, would need one; use filtered.
CREATE ROLE debezium LOGIN REPLICATION PASSWORD 'debezium-Secret-1';
CREATE DATABASE inventory OWNER debezium;
\connect inventory debezium
CREATE TABLE public.customers (
  id INT NOT NULL PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  email VARCHAR(100) NOT NULL UNIQUE
);
CREATE TABLE public.orders (
  id INT NOT NULL PRIMARY KEY,
  customer_id INT NOT NULL REFERENCES public.customers (id),
  ordered_on DATE NOT NULL,
  amount DECIMAL(10, 2) NOT NULL
);
INSERT INTO public.customers VALUES
  (1, 'Customer 1', 'customer1@example.com'),
  (2, 'Customer 2', 'customer2@example.com'),
  (3, 'Customer 3', 'customer3@example.com');
INSERT INTO public.orders VALUES
  (1, 1, '2025-01-31', 10.50),
  (2, 1, '2025-02-28', 99.00),
  (3, 3, '2025-03-31', 7.25);
