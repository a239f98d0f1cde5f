/** The account, keys, logins and the audit log. */
@NullMarked
package dev.carillon.server.pages.settings;

import org.jspecify.annotations.NullMarked;
