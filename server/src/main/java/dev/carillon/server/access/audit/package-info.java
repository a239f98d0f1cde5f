/** The audit log. */
@NullMarked
package dev.carillon.server.access.audit;

import org.jspecify.annotations.NullMarked;
