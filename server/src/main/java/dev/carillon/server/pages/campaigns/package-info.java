/** The list of campaigns, what can be done to them, and comparing them. */
@NullMarked
package dev.carillon.server.pages.campaigns;

import org.jspecify.annotations.NullMarked;
