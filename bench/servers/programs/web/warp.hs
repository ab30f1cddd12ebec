-- warp [advised]
{-# LANGUAGE OverloadedStrings #-}
import Control.Concurrent (threadDelay)
import Control.Monad (when)
import Network.HTTP.Types (status200)
import Network.Wai (rawPathInfo, responseLBS)
import Network.Wai.Handler.Warp
import System.Environment (getArgs, getEnv)
import System.Posix.Signals (Handler (CatchOnce), installHandler, sigTERM)
main :: IO ()
main = do
  port <- read <$> getEnv "PORT"
  arguments <- getArgs
  let stop close = installHandler sigTERM (CatchOnce close) Nothing >> return ()
      advice = if null arguments then id else setTimeout 65 . setInstallShutdownHandler stop . setGracefulShutdownTimeout (Just 20)
  runSettings (advice (setPort port (setHost "*" defaultSettings))) $ \request respond -> do
    when (rawPathInfo request == "/slow") (threadDelay 2000000)
    respond (responseLBS status200 [] "ok")
