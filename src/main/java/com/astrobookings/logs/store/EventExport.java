package com.astrobookings.logs.store;

import com.astrobookings.logs.event.StoredEvent;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Everything that matched a query at one point in time.
 *
 * @param total the exact number of events
 * @param pages the events in the order of the query, in pages of bounded size. For one subscriber,
 *     which may take any time: the next page is read while one is used, and no further. Completes
 *     only when {@code total} events were given; fails with {@link StoreUnavailableException}.
 *     Pages come on threads that must not be blocked
 */
public record EventExport(long total, Flux<List<StoredEvent>> pages) {}
