/** Campaigns, their labels and control groups. */
@NullMarked
package dev.carillon.server.api.campaigns;

import org.jspecify.annotations.NullMarked;
