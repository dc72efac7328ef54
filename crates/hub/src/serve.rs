//! Starts the hub: data folder, keys, store, relay in memory, then the listener; and stops it without losing anything.

use crate::hub::{AppState, Hub, OpenError};
use crate::import::addresses::Addresses;
use crate::replay::{Replayed, replay_all};
use crate::router::router;
use perron_ledger::StoreError;
use std::fs::{self, File, TryLockError};
use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long requests under way may still take once the hub was asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// What `perron serve` was asked for.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Folder of the relay's data.
    pub data: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Whether an empty folder gets the demo relay.
    pub demo: bool,
    /// What a new relay is called; a relay that is there keeps its name.
    pub name: Option<String>,
}

/// Why the hub did not start, as a sentence for whoever started it.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address can be reached from other machines.
    #[error(
        "{0} can be reached from other machines. Until the hub asks who is there, it listens on this machine only: \
         use --listen 127.0.0.1:8080"
    )]
    NotLoopback(SocketAddr),
    /// The data folder cannot be used.
    #[error("the data folder {path} cannot be used: {source}")]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file of addresses cannot be used.
    #[error("the file of addresses {path} cannot be used: {source}")]
    Addresses {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another hub runs on the same data.
    #[error("another hub is already running on the data folder {0}; stop it first, or give another --data")]
    Busy(PathBuf),
    /// The data folder holds no relay.
    #[error("the data folder {0} holds no relay: put the copy back first")]
    NoRelay(PathBuf),
    /// The relay cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The relay's facts cannot be used.
    #[error("the relay's facts cannot be read: {0}")]
    Store(#[from] StoreError),
    /// The relay of demonstration could not be filled, or the directives that travel with the hub not published.
    #[error("the relay could not be filled: {0}")]
    Demo(#[from] crate::demo::SeedError),
    /// The address cannot be listened on.
    #[error("the hub cannot listen on {address}: {source}")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The listener broke.
    #[error("the hub stopped: {0}")]
    Stopped(io::Error),
}

/// A hub that is listening.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// The relay behind it.
    pub hub: AppState,
    stop: watch::Sender<bool>,
    server: JoinHandle<io::Result<()>>,
    _lock: File,
}

impl Running {
    /// Waits until the listener breaks by itself; it does not unless something is badly wrong.
    ///
    /// # Errors
    /// [`ServeError::Stopped`] with what broke.
    pub async fn broken(&mut self) -> Result<(), ServeError> {
        let ended = (&mut self.server).await.map_err(io::Error::other).and_then(|ended| ended);
        ended.map_err(ServeError::Stopped)
    }

    /// Lets requests under way end, cuts what takes too long, and closes the store.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(LAST_REQUESTS, &mut self.server).await.is_err() {
            tracing::warn!("a request took too long and was cut");
            self.server.abort();
        }
        self.hub.close().await;
    }
}

/// Runs the hub until it is asked to stop (interrupt or termination signal).
///
/// # Errors
/// When it cannot start, or when its listener breaks.
pub async fn serve(options: ServeOptions) -> Result<(), ServeError> {
    let mut running = start(options).await?;
    println!("Perron: http://{}", running.address);
    println!("Relais: http://{}/relais", running.address);
    if let Some(code) = demo_code(&running.hub).await? {
        println!("Code pour une tablette de démonstration: {code}");
    }
    tokio::select! {
        ended = running.broken() => return ended,
        () = asked_to_stop() => tracing::info!("stopping"),
    }
    running.stop().await;
    Ok(())
}

/// Returns a code that lets a tablet into the relay of demonstration: one that still holds, or a new one.
async fn demo_code(hub: &Hub) -> Result<Option<String>, ServeError> {
    if !hub.read(|cache| cache.common.relay.as_ref().is_some_and(|relay| relay.demo)) {
        return Ok(None);
    }
    let now = crate::clock::now().0;
    let open = hub.codes().await?.into_iter().find(|code| code.used_by.is_none() && code.expires_ms > now);
    let code = match open {
        Some(code) => code,
        None => hub.new_code("Tablette", perron_domain::fact::AccountNo(1)).await?,
    };
    Ok(Some(code.code))
}

/// Opens the relay that `folder` holds, or founds a new one, and gives it what travels with the hub.
async fn open(
    folder: &Path,
    demo: bool,
    name: Option<String>,
    stopping: watch::Receiver<bool>,
) -> Result<Hub, ServeError> {
    let hub = Hub::open(folder, demo, name, stopping).await?;
    crate::demo::publish_directives(&hub).await?;
    if hub.read(|cache| cache.common.relay.as_ref().is_some_and(|relay| relay.demo)) {
        crate::demo::seed(&hub).await?;
    }
    if let Some(addresses) = known_addresses(folder, &hub)? {
        tracing::info!("{} addresses known", addresses.len());
        hub.know_addresses(addresses);
    }
    hub.follow_all().await;
    Ok(hub)
}

/// The relay's file of addresses in the data folder.
const ADDRESSES: &str = "adresses.csv";

/// Keeps a file of addresses in the data folder, in the place of the one before: an extract of the Base Adresse Nationale,
/// or a commune's own file.
///
/// # Errors
/// When it cannot be read, names no addresses, or cannot be kept.
pub fn keep_addresses(folder: &Path, file: &Path) -> Result<(), ServeError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ServeError::Addresses { path, source }
    };
    let bytes = fs::read(file).map_err(failed(file))?;
    Addresses::read(&bytes).map_err(|none| failed(file)(io::Error::new(io::ErrorKind::InvalidData, none)))?;
    let _lock = open_folder(folder)?;
    // Written beside and put in its place: a hub never starts on half a file.
    let (new, kept) = (folder.join("adresses.csv.new"), folder.join(ADDRESSES));
    fs::write(&new, bytes).map_err(failed(&new))?;
    fs::rename(&new, &kept).map_err(failed(&kept))
}

/// Reads the file of addresses of the data folder; a relay of demonstration has those of its town.
fn known_addresses(folder: &Path, hub: &Hub) -> Result<Option<Addresses>, ServeError> {
    let path = folder.join(ADDRESSES);
    let demo = || hub.read(|cache| cache.common.relay.as_ref().is_some_and(|relay| relay.demo));
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound && demo() => crate::demo::files::addresses(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(ServeError::Addresses { path, source }),
    };
    let failed = |none| ServeError::Addresses { path, source: io::Error::new(io::ErrorKind::InvalidData, none) };
    Addresses::read(&bytes).map(Some).map_err(failed)
}

/// Starts the hub and returns once it listens.
///
/// # Errors
/// When the address can be reached from elsewhere, or the folder, the keys, the store or the address cannot be used.
pub async fn start(options: ServeOptions) -> Result<Running, ServeError> {
    if !options.listen.ip().is_loopback() {
        return Err(ServeError::NotLoopback(options.listen));
    }
    let lock = open_folder(&options.data)?;
    let (stop, stopping) = watch::channel(false);
    let hub = Arc::new(open(&options.data, options.demo, options.name, stopping.clone()).await?);
    let failed = |source| ServeError::Listen { address: options.listen, source };
    let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    tracing::info!("listening on http://{address}");
    let asked = async move {
        let mut stopping = stopping;
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    let server = axum::serve(listener, router(hub.clone())).with_graceful_shutdown(asked);
    Ok(Running { address, hub, stop, server: tokio::spawn(server.into_future()), _lock: lock })
}

/// Tells tablets that the data folder was put back from a copy, for a hub that is stopped.
///
/// # Errors
/// When a hub runs on the folder, or it holds no relay or cannot be used.
pub async fn restored(folder: &Path) -> Result<(), ServeError> {
    if !Hub::is_in(folder) {
        return Err(ServeError::NoRelay(folder.to_owned()));
    }
    let _lock = open_folder(folder)?;
    if Hub::renew_epoch(folder).await? { Ok(()) } else { Err(ServeError::NoRelay(folder.to_owned())) }
}

/// Answers again every answer that a relay keeps, for a hub that is stopped.
///
/// # Errors
/// When a hub runs on the folder, or it holds no relay or cannot be used.
pub async fn replay(folder: &Path) -> Result<Replayed, ServeError> {
    if !Hub::is_in(folder) {
        return Err(ServeError::NoRelay(folder.to_owned()));
    }
    let _lock = open_folder(folder)?;
    let hub = open(folder, false, None, watch::channel(false).1).await?;
    Ok(hub.read(|cache| replay_all(&cache.common.directives, &cache.rounds)))
}

/// Makes the folder, readable by its owner only, and takes its lock: one hub process per SQLite folder.
fn open_folder(folder: &Path) -> Result<File, ServeError> {
    let failed = |source| ServeError::Folder { path: folder.to_owned(), source };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(failed)?;
    let lock = File::options().create(true).truncate(false).write(true).open(folder.join("lock")).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(ServeError::Busy(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Waits for an interrupt or, on Unix, a termination signal.
async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return interrupt.await };
        tokio::select! { () = interrupt => (), _ = terminate.recv() => () }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_that_others_can_reach_is_refused_with_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let options = ServeOptions {
            data: folder.path().join("data"),
            listen: "0.0.0.0:0".parse().unwrap(),
            demo: false,
            name: None,
        };
        let error = serve(options).await.unwrap_err();
        assert!(error.to_string().contains("this machine only"), "{error}");
        assert!(!folder.path().join("data").exists());
    }

    #[test]
    fn two_hubs_do_not_run_on_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let _first = open_folder(folder.path()).unwrap();
        assert!(matches!(open_folder(folder.path()), Err(ServeError::Busy(_))));
    }
}
