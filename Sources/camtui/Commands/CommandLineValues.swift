// Public, because a conformance of a public type is.
public import ArgumentParser
public import CAMEngine
public import Terminal

extension ColorMap: ExpressibleByArgument {}

extension LayerFusion: ExpressibleByArgument {}

extension ColorChoice: ExpressibleByArgument {}

extension BandwidthChoice: ExpressibleByArgument {}

extension IncrementCAMSettings.Channels: ExpressibleByArgument {}

extension HeadChoice: ExpressibleByArgument {}
