/** Campaigns and their numbers, from the API to the provider and back. */
@NullMarked
package dev.carillon.server.integration.campaign;

import org.jspecify.annotations.NullMarked;
