package dev.carillon.storage.sql;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Segment;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.core.figure.FigurePull;
import dev.carillon.core.figure.ReportedDay;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.engine.port.access.AuditPage;
import dev.carillon.engine.port.access.AuditQuery;
import dev.carillon.engine.port.access.IdentityKey;
import dev.carillon.engine.port.access.Login;
import dev.carillon.engine.port.access.PlaceKind;
import dev.carillon.engine.port.account.Installation;
import dev.carillon.engine.port.account.KeptSettings;
import dev.carillon.engine.port.account.MetadataMarks;
import dev.carillon.engine.port.account.ReferenceKey;
import dev.carillon.engine.port.account.StoredConnection;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.port.campaign.DefinitionChange;
import dev.carillon.engine.port.campaign.Revision;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.engine.port.campaign.SavedView;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.engine.port.work.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps campaigns, segments, connections and access in one SQLite file. Moments are kept to the
 * microsecond. What a method changed is on the disk when it returns. Thread-safe; several processes
 * may use the same file on one machine.
 */
public final class SqliteMetadataStore implements MetadataStore {
  private final Database database;
  private final CampaignRows campaigns;
  private final SegmentRows segments;
  private final CampaignList list;
  private final SavedViews views;
  private final RunRows runs;
  private final VariantDecisionRows variants;
  private final HeldConnectionRows heldConnections;
  private final FigureRows figures;
  private final TurnBook turns;
  private final ConnectionRows connections;
  private final AccessRows accesses;
  private final IdentityKeyRows identityKeys;
  private final AuditTrail audit;
  private final AccountRow account;
  private final ImportRows imports;
  private final InstallationRows installation;

  private SqliteMetadataStore(Database database) {
    this.database = database;
    this.campaigns = new CampaignRows(database);
    this.segments = new SegmentRows(database);
    this.list = new CampaignList(database);
    this.views = new SavedViews(database);
    this.runs = new RunRows(database);
    this.variants = new VariantDecisionRows(database);
    this.heldConnections = new HeldConnectionRows(database);
    this.figures = new FigureRows(database);
    this.turns = new TurnBook(database);
    this.connections = new ConnectionRows(database);
    this.accesses = new AccessRows(database);
    this.identityKeys = new IdentityKeyRows(database);
    this.audit = new AuditTrail(database);
    this.account = new AccountRow(database);
    this.imports = new ImportRows(database);
    this.installation = new InstallationRows(database);
  }

  /** Opens the file, creating or migrating it as needed. */
  public static SqliteMetadataStore open(Path file) {
    return new SqliteMetadataStore(Database.open(file));
  }

  @Override
  public Campaign createCampaign(CampaignDefinition definition, String createdBy, Instant at) {
    return campaigns.create(definition, createdBy, at);
  }

  @Override
  public Optional<Campaign> campaign(int id) {
    return campaigns.find(id);
  }

  @Override
  public CampaignPage campaigns(CampaignQuery query) {
    return list.list(query);
  }

  @Override
  public Campaign changeCampaign(
      int id, int version, CampaignDefinition definition, DefinitionChange change) {
    return campaigns.change(id, version, definition, change);
  }

  @Override
  public List<Revision> revisions(int id, int version) {
    return campaigns.revisions(id, version);
  }

  @Override
  public Optional<Campaign> archiveCampaign(
      int id, Set<CampaignStatus> from, @Nullable Instant at) {
    return campaigns.archive(id, from, at);
  }

  @Override
  public Optional<Campaign> moveCampaign(
      int id,
      Set<CampaignStatus> from,
      CampaignStatus to,
      @Nullable String reason,
      @Nullable Instant startsAt,
      Instant at) {
    return campaigns.move(id, from, to, reason, startsAt, at);
  }

  @Override
  public Optional<Campaign> launchCampaign(
      int id, int version, CampaignStatus to, Instant startsAt, Instant at) {
    return campaigns.launch(id, version, to, startsAt, at);
  }

  @Override
  public boolean deleteCampaign(int id) {
    return campaigns.deleteDraft(id);
  }

  @Override
  public List<Campaign> campaignsUsing(Set<Rule.Saved> saved) {
    return campaigns.using(saved);
  }

  @Override
  public Segment createSegment(String name, Rule rule, String createdBy, Instant at) {
    return segments.create(name, rule, createdBy, at);
  }

  @Override
  public Optional<Segment> segment(int id) {
    return segments.find(id);
  }

  @Override
  public List<Segment> segments() {
    return segments.list();
  }

  @Override
  public Segment changeSegment(int id, int version, String name, Rule rule, Instant at) {
    return segments.change(id, version, name, rule, at);
  }

  @Override
  public boolean deleteSegment(int id) {
    return segments.delete(id);
  }

  @Override
  public void countSegment(int id, int version, long people, Instant at) {
    segments.count(id, version, people, at);
  }

  @Override
  public List<String> labels() {
    return list.labels();
  }

  @Override
  public List<String> creators() {
    return list.creators();
  }

  @Override
  public Map<Integer, Integer> plannedMessages(Set<Integer> ids) {
    return list.plannedMessages(ids);
  }

  @Override
  public List<SavedView> savedViews(String login) {
    return views.list(login);
  }

  @Override
  public void putSavedView(String login, SavedView view) {
    views.put(login, view);
  }

  @Override
  public void deleteSavedView(String login, String name) {
    views.delete(login, name);
  }

  @Override
  public List<Run> runs(int campaign) {
    return runs.list(campaign);
  }

  @Override
  public Run createRun(int campaign, int number, Instant dueAt, @Nullable SkipReason skipped) {
    return runs.create(campaign, number, dueAt, skipped);
  }

  @Override
  public Run skipRun(int campaign, int number, Skipped skipped) {
    return runs.skip(campaign, number, skipped);
  }

  @Override
  public Run runPlanned(
      int campaign,
      int number,
      Instant plannedAt,
      int firstSeq,
      List<RunSection> sections,
      int chunkSize) {
    return runs.planned(campaign, number, plannedAt, firstSeq, sections, chunkSize);
  }

  @Override
  public void finishRuns(int campaign, Instant at) {
    runs.finish(campaign, at);
  }

  @Override
  public VariantDecision decideVariant(VariantDecision decision) {
    return variants.decide(decision);
  }

  @Override
  public List<VariantDecision> variantDecisions(int campaign) {
    return variants.list(campaign);
  }

  @Override
  public Run runHoldsOut(int campaign, int number, int systemControlPercent) {
    return runs.holdsOut(campaign, number, systemControlPercent);
  }

  @Override
  public List<Run> skippedRuns(Instant since, int limit) {
    return runs.skippedSince(since, limit);
  }

  @Override
  public Optional<Chunk> claimChunk(
      int campaign, int connection, String owner, Instant now, Duration lease) {
    return runs.claim(campaign, connection, owner, now, lease);
  }

  @Override
  public boolean renewChunk(Chunk chunk, Instant now, Duration lease) {
    return runs.renew(chunk, now, lease);
  }

  /**
   * Frees the chunks that an earlier process held when it died, so that nothing waits for its
   * leases to run out. Only for one who knows that no other process sends from this store.
   */
  public void freeChunks() {
    runs.freeAll();
  }

  @Override
  public void finishChunk(Chunk chunk) {
    runs.finish(chunk);
  }

  @Override
  public void releaseChunk(Chunk chunk, Instant notBefore) {
    runs.release(chunk, notBefore);
  }

  @Override
  public void freeWaitingChunks(int campaign, Instant now) {
    runs.freeWaiting(campaign, now);
  }

  @Override
  public Map<Integer, Instant> nextChunks(int campaign) {
    return runs.next(campaign);
  }

  @Override
  public Turns takeTurns(int campaign, int wanted, int most, Duration within, Instant now) {
    return turns.take(campaign, wanted, most, within, now);
  }

  @Override
  public void putFigures(FigurePull pull) {
    figures.put(pull);
  }

  @Override
  public List<ReportedDay> reportedDays(
      Set<Integer> campaigns, @Nullable LocalDate from, @Nullable LocalDate to) {
    return figures.days(campaigns, from, to);
  }

  @Override
  public void holdConnection(HeldConnection held) {
    heldConnections.hold(held);
  }

  @Override
  public List<HeldConnection> heldConnections(int campaign) {
    return heldConnections.list(campaign);
  }

  @Override
  public void freeConnection(int campaign, int connection) {
    heldConnections.free(campaign, connection);
  }

  @Override
  public int openChunks(int campaign) {
    return runs.open(campaign);
  }

  @Override
  public long openMessages(int campaign) {
    return runs.openMessages(campaign);
  }

  @Override
  public StoredConnection createConnection(
      String type,
      String name,
      Map<String, Object> settings,
      IntFunction<byte[]> sealedSecrets,
      Instant at) {
    return connections.create(type, name, settings, sealedSecrets, at);
  }

  @Override
  public Optional<StoredConnection> connection(int id) {
    return connections.find(id);
  }

  @Override
  public List<StoredConnection> connections() {
    return connections.list();
  }

  @Override
  public StoredConnection changeConnection(
      int id, String name, Map<String, Object> settings, byte[] sealedSecrets) {
    return connections.change(id, name, settings, sealedSecrets);
  }

  @Override
  public Optional<Instant> firstImport(String contents) {
    return imports.first(contents);
  }

  @Override
  public int noteImport(String contents, String reading, Instant first, Instant now) {
    return imports.note(contents, reading, first, now);
  }

  @Override
  public Optional<Installation> installation() {
    return installation.find();
  }

  @Override
  public void putInstallation(Installation now) {
    installation.put(now);
  }

  @Override
  public MetadataMarks marks() {
    return installation.marks();
  }

  @Override
  public List<ReferenceKey> referenceKeys() {
    return installation.referenceKeys();
  }

  @Override
  public void addReferenceKey(byte[] key) {
    installation.addReferenceKey(key);
  }

  @Override
  public void openedReferenceKey(int id, byte[] key) {
    installation.openedReferenceKey(id, key);
  }

  @Override
  public Optional<KeptSettings> accountSettings() {
    return account.find();
  }

  @Override
  public KeptSettings firstAccountSettings(AccountSettings settings) {
    return account.first(settings);
  }

  @Override
  public KeptSettings changeAccountSettings(int version, AccountSettings settings) {
    return account.change(version, settings);
  }

  @Override
  public void putLogin(String name, String passwordHash, String role, Instant at) {
    accesses.putLogin(name, passwordHash, role, at);
  }

  @Override
  public Optional<Login> login(String name) {
    return accesses.login(name);
  }

  @Override
  public List<Login> logins() {
    return accesses.logins();
  }

  @Override
  public boolean setPassword(String name, String passwordHash) {
    return accesses.setPassword(name, passwordHash);
  }

  @Override
  public void putKnownPlace(
      String login, PlaceKind kind, String place, Instant expiresAt, int most) {
    accesses.putKnownPlace(login, kind, place, expiresAt, most);
  }

  @Override
  public boolean isKnownPlace(String login, PlaceKind kind, String place, Instant now) {
    return accesses.isKnownPlace(login, kind, place, now);
  }

  @Override
  public void deleteKnownPlace(String login, PlaceKind kind, String place) {
    accesses.deleteKnownPlace(login, kind, place);
  }

  @Override
  public boolean deleteLogin(String name) {
    return accesses.deleteLogin(name);
  }

  @Override
  public void putApiKey(
      String name, String keyHash, String shownPrefix, Set<String> scopes, Instant at) {
    accesses.putApiKey(name, keyHash, shownPrefix, scopes, at);
  }

  @Override
  public Optional<ApiKey> apiKey(String keyHash) {
    return accesses.apiKey(keyHash);
  }

  @Override
  public List<ApiKey> apiKeys() {
    return accesses.apiKeys();
  }

  @Override
  public boolean revokeApiKey(int id, Instant at) {
    return accesses.revokeApiKey(id, at);
  }

  @Override
  public boolean setTokensRequired(int id, boolean required) {
    return accesses.setTokensRequired(id, required);
  }

  @Override
  public IdentityKey putIdentityKey(
      String name, String keyId, String algorithm, byte[] material, Instant at) {
    return identityKeys.put(name, keyId, algorithm, material, at);
  }

  @Override
  public List<IdentityKey> identityKeys() {
    return identityKeys.list();
  }

  @Override
  public boolean revokeIdentityKey(int id, Instant at) {
    return identityKeys.revoke(id, at);
  }

  @Override
  public void audit(Instant at, Actor who, String action, String subject, @Nullable String detail) {
    audit.add(at, who, action, subject, detail);
  }

  @Override
  public AuditPage auditPage(AuditQuery query) {
    return audit.page(query);
  }

  @Override
  public void probe() {
    database.write(
        sql ->
            sql.execute(
                "insert into setting (name, value) values ('probed', '1')"
                    + " on conflict (name) do update set value = cast(value + 1 as text)"));
  }

  @Override
  public void close() {
    database.close();
  }
}
