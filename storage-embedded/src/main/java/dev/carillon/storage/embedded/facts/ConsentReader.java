package dev.carillon.storage.embedded.facts;

import dev.carillon.core.Channel;
import dev.carillon.engine.port.PeopleStore.ChannelConsent;
import dev.carillon.engine.port.PeopleStore.Said;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.engine.profile.StoredProfile.Reserved;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says for each channel whether a user may be sent to, who said so and since when. A no on the
 * profile and a no in a message both hold until they are taken back where they were said.
 */
final class ConsentReader {
  private record Wish(boolean subscribed, Instant at, boolean written) {}

  private final ProfileMerge merge;

  ConsentReader(ProfileMerge merge) {
    this.merge = merge;
  }

  List<ChannelConsent> of(DuckSession session, long userKey) throws SQLException {
    Optional<ProfileTable.Row> row =
        session.first("SELECT * FROM profile WHERE user_key = ?", ProfileTable::row, userKey);
    ArrayList<ChannelConsent> consents = new ArrayList<>();
    if (row.isEmpty()) {
      return consents;
    }
    StoredProfile profile = row.get().profile();
    Reserved reserved = profile.reserved();
    consents.add(of(session, Channel.PUSH, profile, reserved.push()));
    consents.add(of(session, Channel.SMS, profile, reserved.sms()));
    consents.add(of(session, Channel.WHATSAPP, profile, reserved.whatsapp()));
    return consents;
  }

  private ChannelConsent of(
      DuckSession session, Channel channel, StoredProfile profile, boolean welcome)
      throws SQLException {
    Instant set = merge.setAt(profile, "MSG-" + channel.key()).orElse(null);
    if (!welcome) {
      return new ChannelConsent(channel, false, Said.PROFILE, set);
    }
    List<Wish> wishes = wishes(session, channel, profile.reserved().phone());
    if (wishes.isEmpty() || (wishes.getFirst().subscribed() && set != null)) {
      return new ChannelConsent(channel, true, set == null ? Said.NOTHING : Said.PROFILE, set);
    }
    Wish first = wishes.getFirst();
    for (Wish wish : wishes) {
      if (wish.subscribed() != first.subscribed()) {
        break;
      }
      first = wish;
    }
    return new ChannelConsent(
        channel, first.subscribed(), first.written() ? Said.MESSAGE : Said.PROVIDER, first.at());
  }

  /** What was said for the address, latest first; of two at one time, the no. */
  private static List<Wish> wishes(DuckSession session, Channel channel, @Nullable String address)
      throws SQLException {
    return address == null
        ? List.of()
        : session.list(
            """
            SELECT c.subscribed, c."at", EXISTS (FROM incoming i
              WHERE i.channel = c.channel AND i."at" = c."at"
                AND (i.sender = c.address OR i.sender IN (SELECT a.provider_address
                  FROM address_alias a WHERE a.address = c.address))) AS written
            FROM consent c WHERE c.channel = ? AND c.address = ?
            ORDER BY c."at" DESC, c.subscribed""",
            row ->
                new Wish(
                    row.getBoolean("subscribed"),
                    DuckSession.instant(row, "at"),
                    row.getBoolean("written")),
            channel.key(),
            address);
  }
}
