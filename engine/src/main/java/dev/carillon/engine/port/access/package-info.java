/** Logins, keys and the audit log. */
@NullMarked
package dev.carillon.engine.port.access;

import org.jspecify.annotations.NullMarked;
