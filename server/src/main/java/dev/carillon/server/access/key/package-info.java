/** Keys that programs show, and those that identity tokens are signed with. */
@NullMarked
package dev.carillon.server.access.key;

import org.jspecify.annotations.NullMarked;
