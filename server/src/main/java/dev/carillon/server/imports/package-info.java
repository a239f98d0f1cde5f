/** Imports of users from CSV files, from the upload to the report. */
@NullMarked
package dev.carillon.server.imports;

import org.jspecify.annotations.NullMarked;
