"""Forms in which a table can come: CSV, workbooks, Parquet, Dask."""
