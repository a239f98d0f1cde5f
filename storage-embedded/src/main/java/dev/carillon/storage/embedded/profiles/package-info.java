/** Who the users are: profiles, identities that name the same user, and what is refused. */
@NullMarked
package dev.carillon.storage.embedded.profiles;

import org.jspecify.annotations.NullMarked;
