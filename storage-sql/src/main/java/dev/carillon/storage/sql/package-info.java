/** Campaigns, connections, logins and the audit log in one SQLite file. */
@NullMarked
package dev.carillon.storage.sql;

import org.jspecify.annotations.NullMarked;
