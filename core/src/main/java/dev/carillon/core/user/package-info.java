/** Users: their identities, keys, profile changes and events. */
@NullMarked
package dev.carillon.core.user;

import org.jspecify.annotations.NullMarked;
