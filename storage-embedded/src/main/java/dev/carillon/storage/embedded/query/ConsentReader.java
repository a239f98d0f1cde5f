package dev.carillon.storage.embedded.query;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.ConsentProperty;
import dev.carillon.engine.port.people.ChannelConsent;
import dev.carillon.engine.port.people.ConsentSource;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.profiles.PersonalWishes;
import dev.carillon.storage.embedded.profiles.ProfileTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says for each channel whether a user may be sent to, who said so and since when. A no on the
 * profile and a no in a message both hold until they are taken back where they were said.
 */
final class ConsentReader {
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
    Map<Channel, PersonalWishes> wishes =
        PersonalWishes.of(session, List.of(userKey)).getOrDefault(userKey, Map.of());
    for (Channel channel : List.of(Channel.PUSH, Channel.SMS, Channel.WHATSAPP)) {
      consents.add(of(channel, profile, !profile.optOuts().contains(channel.key()), wishes));
    }
    return consents;
  }

  private ChannelConsent of(
      Channel channel,
      StoredProfile profile,
      boolean welcome,
      Map<Channel, PersonalWishes> wishes) {
    Instant set = merge.setAt(profile, ConsentProperty.of(channel.key())).orElse(null);
    if (!welcome) {
      return new ChannelConsent(channel, false, ConsentSource.PROFILE, set);
    }
    PersonalWishes said = wishes.get(channel);
    if (said == null || (said.subscribed() && set != null)) {
      return new ChannelConsent(
          channel, true, set == null ? ConsentSource.NOTHING : ConsentSource.PROFILE, set);
    }
    PersonalWishes.Wish wish = said.holding();
    return new ChannelConsent(
        channel,
        wish.subscribed(),
        wish.written() ? ConsentSource.MESSAGE : ConsentSource.PROVIDER,
        wish.at());
  }
}
