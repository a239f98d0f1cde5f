/** The account, keys, and the audit log. */
@NullMarked
package dev.carillon.server.api.settings;

import org.jspecify.annotations.NullMarked;
